"""School batches, at /helping/schools/."""

from django.urls import path

from helping.views import school_papers, schools, students

urlpatterns = [
    path("", schools.index, name="schools"),
    path("template/<slug:scheme>/", schools.sheet, name="school_sheet"),
    path("<int:school_batch>/", schools.show, name="school_batch"),
    path("<int:school_batch>/confirm/", schools.confirm, name="school_confirm"),
    path("<int:school_batch>/take-on/", schools.take_on, name="school_take_on"),
    path("<int:school_batch>/papers/", school_papers.bring, name="school_papers"),
    path("<int:school_batch>/drop/", schools.drop, name="school_drop"),
    path("<int:school_batch>/file/", schools.file_all, name="school_file_all"),
    path("<int:school_batch>/<int:student>/", students.student, name="student"),
    path("<int:school_batch>/<int:student>/file/", students.file, name="student_file"),
]
